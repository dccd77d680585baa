"""The permission matrix as it is published: who gets which answer at which door. Written by hand from the decisions
(README, Decisions 12), not computed from the guards: the tests hold the program to this page.

Words in the cells: a number is the status; `in` leads to the sign-in page; `door` leads to the page where a receipt
code is typed. `sees` tables tell visitors by where they sit. A method that is not listed is answered 405 to everybody.
POSTs are tried with an empty form: 422 means "you may, but say what", 303 "done".
"""

from __future__ import annotations

PUBLIC = """
GET   petitions.home               200
GET   petitions.start              200
GET   petitions.submit             200
POST  petitions.submit             400
GET   petitions.receipt            303
GET   petitions.receipt_pdf        404
GET   petitions.receipt_qr         404
GET   petitions.letter_pdf         404
GET   petitions.blank_letter       200
GET   petitions.door               200
POST  petitions.door               422
POST  petitions.leave              303
GET   petitions.use_link           410
POST  petitions.use_link           410
GET   petitions.lost               200
POST  petitions.lost               422
POST  petitions.language           303
GET   accounts.forgotten           200
POST  accounts.forgotten           422
GET   accounts.new_password        410
POST  accounts.new_password        410
GET   accounts.second_step         in
POST  accounts.second_step         in
GET   reports.formulas             200
GET   dialogues.shared_request     404
POST  dialogues.shared_request     404
GET   dialogues.promises           200
GET   dialogues.published_promise  404
GET   dialogues.object_as_booker   302
POST  dialogues.object_as_booker   302
GET   static                       200
GET   dialogues.sessions           200
GET   dialogues.session            200
POST  dialogues.session            422
GET   dialogues.session_calendar   200
GET   dialogues.conference         200
POST  dialogues.conference         422
"""
"""The same for everybody; nobody here stands between password and code, so that page leads to the door (`in`).
Without the form's own token nothing is sent (400); without a receipt in this browser there is none to print (404); a
link that was never made is gone (410). Nobody here opened a booking, so what was promised there leads to its door
(302); a commitment or a request for a dialogue that is not public is not there (404)."""

BOOKING = """
GET   dialogues.reception          200
GET   dialogues.book               200
POST  dialogues.book               422
GET   dialogues.booking_receipt    303
GET   dialogues.booking_qr         404
GET   dialogues.booking_slip       404
GET   dialogues.receipt_calendar   404
GET   dialogues.booking_door       200
POST  dialogues.booking_door       422
POST  dialogues.leave_booking      303
GET   dialogues.use_booking_link   410
POST  dialogues.use_booking_link   410
GET   dialogues.booking            302
GET   dialogues.booking_calendar   302
GET   dialogues.own_slip           302
GET   dialogues.change_booking     302
POST  dialogues.change_booking     302
GET   dialogues.cancel_booking     302
POST  dialogues.cancel_booking     302
"""
"""Booking a visit, the same for everybody: nobody here gave the code of a booking, so what lies behind that door leads
back to it (302). Who did: tests/dialogues/test_booking_pages.py."""

BY_ROLE = """
                             anonymous resident stranger clerk officer head supervisor inspector administrator registrar
GET  accounts.sign_in        200       200      200      302   302     302  302        302       302           302
POST accounts.sign_in        422       422      422      302   302     302  302        302       302           302
POST accounts.sign_out       in        in       in       303   303     303  303        303       303           303
GET  accounts.me             in        in       in       200   200     200  200        200       200           200
POST accounts.me             in        in       in       422   422     422  422        422       422           422
GET  accounts.second_factor  in        in       in       200   200     200  200        200       200           200
POST accounts.second_factor  in        in       in       422   422     422  422        422       422           422
GET  accounts.second_factor_qr in        in       in       200   200     200  200        200       200           200
POST accounts.renew_codes    in        in       in       303   303     303  303        303       303           303
POST accounts.remove_second_factor in        in       in       303   303     303  303        303       303           303
POST accounts.preferences    in        in       in       303   303     303  303        303       303           303
POST accounts.end_sign_in    in        in       in       303   303     303  303        303       303           303
GET  accounts.deputies       in        in       in       403   403     200  403        403       403           403
POST accounts.deputies       in        in       in       403   403     422  403        403       403           403
POST accounts.end_deputy     in        in       in       403   403     404  403        403       403           403
GET  desk.queue              in        in       in       200   200     200  403        403       403           200
GET  desk.search             in        in       in       200   200     200  200        200       403           200
GET  desk.intake             in        in       in       200   200     200  403        403       403           403
POST desk.intake             in        in       in       422   422     422  403        403       403           403
GET  desk.intake_receipt     in        in       in       404   404     404  403        403       403           403
GET  desk.intake_receipt_pdf in        in       in       404   404     404  403        403       403           403
GET  desk.bulk               in        in       in       303   303     303  403        403       403           403
POST desk.bulk               in        in       in       422   422     422  403        403       403           403
POST desk.save_filter        in        in       in       422   422     422  403        403       403           403
POST desk.drop_filter        in        in       in       404   404     404  403        403       403           403
GET  desk.keys               in        in       in       200   200     200  200        200       200           200
GET  desk.workflow          in        in       in       200   200     200  200        200       200           200
GET  desk.registers         in        in       in       200   200     200  403        200       403           403
GET  desk.registers_pdf     in        in       in       400   400     400  403        400       403           403
GET  desk.registers_csv     in        in       in       400   400     400  403        400       403           403
GET  desk.phrases            in        in       in       200   200     200  403        403       200           403
GET  dialogues.commitments   in        in       in       200   200     200  200        200       403           403
GET  dialogues.commitment    in        in       in       404   404     404  404        404       403           403
POST dialogues.act_on_commitment in    in       in       404   404     404  404        404       403           403
GET  dialogues.commitment_file in      in       in       404   404     404  404        404       403           403
GET  dialogues.make_promise  in        in       in       404   404     404  404        404       403           403
POST dialogues.make_promise  in        in       in       404   404     404  404        404       403           403
GET  desk.sealed_new         in        in       in       403   403     403  403        403       403           200
POST desk.sealed_new         in        in       in       403   403     403  403        403       403           422
GET  desk.sealed_receipt     in        in       in       403   403     403  403        403       403           404
GET  desk.sealed_act         in        in       in       404   404     404  404        404       403           404
POST desk.sealed_act         in        in       in       404   404     404  404        404       403           404
GET  reports.overview        in        in       in       403   403     302  302        302       403           403
GET  reports.journal         in        in       in       403   403     403  403        200       403           403
POST reports.verify_journal  in        in       in       403   403     403  403        303       403           403
GET  accounts.officials      in        in       in       403   403     403  403        403       200           403
GET  accounts.new_official   in        in       in       403   403     403  403        403       200           403
POST accounts.new_official   in        in       in       403   403     403  403        403       422           403
GET  second.requests         in        in       in       403   403     403  403        403       200           403
POST second.approve          in        in       in       403   403     403  403        403       404           403
POST second.decline          in        in       in       403   403     403  403        403       404           403
POST second.withdraw         in        in       in       403   403     403  403        403       404           403
GET  units.tree              in        in       in       403   403     403  403        403       200           403
GET  units.new_unit          in        in       in       403   403     403  403        403       200           403
POST units.new_unit          in        in       in       403   403     403  403        403       422           403
GET  units.calendar          in        in       in       403   403     403  403        403       200           403
POST units.calendar          in        in       in       403   403     403  403        403       422           403
GET  units.working_days      in        in       in       200   200     200  200        200       200           200
GET  units.categories        in        in       in       403   403     403  403        403       200           403
GET  letters.dead            in        in       in       403   403     403  403        403       200           403
POST letters.send_again      in        in       in       403   403     403  403        403       404           403
GET  units.settings          in        in       in       403   403     403  403        403       200           403
GET  dialogues.days          in        in       in       200   200     200  200        200       403           403
GET  dialogues.new_day       in        in       in       200   200     200  403        403       403           403
POST dialogues.new_day       in        in       in       422   422     422  403        403       403           403
GET  dialogues.patterns      in        in       in       200   200     200  403        403       403           403
POST dialogues.patterns      in        in       in       422   422     422  403        403       403           403
POST dialogues.pattern       in        in       in       404   404     404  403        403       403           403
GET  dialogues.unscheduled   in        in       in       200   200     200  403        403       403           403
POST dialogues.unscheduled   in        in       in       422   422     422  403        403       403           403
GET  dialogues.register      in        in       in       200   200     200  200        200       403           403
GET  dialogues.register_pdf  in        in       in       400   400     400  400        400       403           403
GET  dialogues.register_csv  in        in       in       400   400     400  400        400       403           403
GET  dialogues.register_xlsx in        in       in       400   400     400  400        400       403           403
GET  dialogues.desk_sessions in        in       in       200   200     200  200        200       403           403
GET  dialogues.new_session   in        in       in       403   200     200  403        403       403           403
POST dialogues.new_session   in        in       in       403   422     422  403        403       403           403
"""
"""Doors that ask only for a role, wherever it is held. The doors of denunciations are tried on a case that is none,
those of commitments on a number that is none (by seat: tests/dialogues/test_commitment_pages.py)."""

BY_ROLE_AND_SEAT = """
                  anonymous resident stranger clerk officer head supervisor inspector administrator@parent administrator
GET  desk.new_phrase in        in       in       403   403     200  403        403       200                  403
POST desk.new_phrase in        in       in       403   403     422  403        403       422                  403
GET  desk.phrase     in        in       in       403   403     403  403        403       200                  403
POST desk.phrase     in        in       in       403   403     403  403        403       422                  403
"""
"""Registrars: 403. Phrases: a head writes the own unit's, an administrator of the whole government those of everybody;
the phrase tried is everybody's. Another unit's phrase is not there (404): tests/desk/test_phrases.py."""

AT_HOME = """
                                            anonymous  resident  stranger
GET   petitions.follow                      door       200       200
POST  petitions.reply                       door       422       422
POST  petitions.rate                        door       409       409
POST  petitions.reopen                      door       422       422
GET   petitions.withdraw                    door       200       200
POST  petitions.withdraw                    door       303       303
GET   petitions.attachment:first_file       door       200       404
GET   petitions.attachment:later_file       door       200       404
GET   petitions.attachment:inside_file      door       404       404
GET   petitions.document                    door       200       404
GET   petitions.own_letter                  door       404       404
GET   petitions.appeal                      door       409       409
POST  petitions.appeal                      door       409       409
POST  petitions.related                     door       404       404
GET   dialogues.object_as_resident          door       404       404
POST  dialogues.object_as_resident          door       404       404
POST  petitions.choose_time                 door       403       403
POST  petitions.insist                      door       422       422
GET   petitions.meeting_calendar            door       404       404
"""
"""The resident's doors. Each resident stands before the own case: the address names none. Both cases are feedback,
which has no letter to sign and no second instance, and stand
alone: no case is related to another. Officials have no code and are led to the door like anybody."""

SEES_CASE = """
                   case act act! renew renew! first_file later_file inside_file paper begin begin! kept kept! preview
clerk@unit         200  200 422  200   422    200        200        200         200   200   422    404  404   404
clerk@parent       404  404 404  404   404    404        404        404         404   404   404    404  404   404
clerk@sibling      404  404 404  404   404    404        404        404         404   404   404    404  404   404
clerk@past         200  403 403  403   403    200        404        404         404   403   403    403  403   403
officer@unit       200  200 422  200   422    200        200        200         200   200   422    404  404   404
colleague@unit     200  200 422  200   422    200        200        200         200   403   403    404  404   404
officer@parent     404  404 404  404   404    404        404        404         404   404   404    404  404   404
officer@sibling    404  404 404  404   404    404        404        404         404   404   404    404  404   404
officer@past       200  403 403  403   403    200        404        404         404   403   403    403  403   403
head@unit          200  200 422  200   422    200        200        200         200   200   422    404  404   404
head@parent        200  403 403  200   422    200        200        200         200   403   403    404  404   404
head@sibling       404  404 404  404   404    404        404        404         404   404   404    404  404   404
head@past          200  403 403  403   403    200        404        404         404   403   403    403  403   403
supervisor@unit    200  403 403  403   403    200        200        200         403   403   403    403  403   403
supervisor@parent  200  403 403  403   403    200        200        200         403   403   403    403  403   403
supervisor@sibling 404  404 404  403   403    404        404        404         404   404   404    404  404   404
supervisor@past    404  404 404  403   403    404        404        404         404   404   404    404  404   404
inspector@unit     200  403 403  403   403    200        200        200         200   403   403    404  404   404
inspector@parent   200  403 403  403   403    200        200        200         200   403   403    404  404   404
inspector@sibling  404  404 404  403   403    404        404        404         404   404   404    404  404   404
inspector@past     404  404 404  403   403    404        404        404         404   404   404    404  404   404
registrar@unit     404  404 404  403   403    404        404        404         404   404   404    404  404   404
registrar@parent   404  404 404  403   403    404        404        404         404   404   404    404  404   404
registrar@sibling  404  404 404  403   403    404        404        404         404   404   404    404  404   404
registrar@past     404  404 404  403   403    404        404        404         404   404   404    404  404   404
"""
"""Doors of one case, which is with an officer of its unit after a reopening; `begin`, `kept` and `preview`
are those of its papers. Every administrator: 403 at all of them. Everybody else: `in`. `!` marks a POST.
The verb tried is the inside note; the supervisor's sight is without the resident's name,
which a signed paper carries."""

ADMINISTERS = """
                               administrator@unit  administrator@parent  administrator@sibling  administrator@past
GET   accounts.official        200                 200                   404                    404
POST  accounts.official        422                 422                   404                    404
POST  accounts.begin_post      422                 422                   404                    404
POST  accounts.reset_password  200                 200                   404                    404
POST  accounts.drop_factor     303                 303                   404                    404
POST  accounts.enable          303                 303                   404                    404
POST  accounts.end_sign_ins    303                 303                   404                    404
GET   house.leave              200                 200                   404                    404
POST  house.leave              303                 303                   404                    404
GET   units.edit               200                 200                   404                    404
POST  units.edit               422                 422                   404                    404
GET   house.close              200                 200                   404                    404
POST  house.close              422                 422                   404                    404
GET   units.category           403                 200                   403                    403
POST  units.category           403                 422                   403                    403
GET   units.new_category       403                 200                   403                    403
POST  units.new_category       403                 422                   403                    403
POST  units.remove_day         403                 404                   403                    403
POST  units.settings           403                 303                   403                    403
"""
"""Doors of administration, tried on an official and the unit of the case; what concerns the whole government only from
its top. Officials without the role: 403; everybody else: `in`."""

SEES_FIGURES = """
                   reports.unit  reports.cases  reports.csv  reports.xlsx  reports.month
head@unit          200           200            200          200         200
head@parent        200           200            200          200         200
head@sibling       404           404            404          404         404
head@past          404           404            404          404         404
supervisor@unit    200           200            200          200         200
supervisor@parent  200           200            200          200         200
supervisor@sibling 404           404            404          404         404
supervisor@past    404           404            404          404         404
inspector@unit     200           200            200          200         200
inspector@parent   200           200            200          200         200
inspector@sibling  404           404            404          404         404
inspector@past     404           404            404          404         404
"""

SEES_ANSWERS = """
                   reports.answer  reports.answer_csv  reports.answer_xlsx
head@unit          200             200                 200
head@parent        200             200                 200
head@sibling       404             404                 404
head@past          404             404                 404
supervisor@unit    200             200                 200
supervisor@parent  200             200                 200
supervisor@sibling 404             404                 404
supervisor@past    404             404                 404
inspector@unit     200             200                 200
inspector@parent   200             200                 200
inspector@sibling  404             404                 404
inspector@past     404             404                 404
"""
"""The figures of the case's unit. Clerks, officers, registrars and administrators: 403; everybody else: `in`."""

RECEPTION = """
                   day book_here book_here! move_day move_day! hold_day hold_day! visit act act! refusal made made!
clerk@unit         200 200       422        200      422       200      422       200   200 422  404     404  404
clerk@parent       404 404       404        404      404       404      404       404   404 404  404     404  404
clerk@sibling      404 404       404        404      404       404      404       404   404 404  404     404  404
clerk@past         404 404       404        404      404       404      404       404   404 404  404     404  404
officer@unit       200 200       422        200      422       200      422       200   200 422  404     404  404
colleague@unit     200 200       422        200      422       200      422       200   200 422  404     404  404
officer@parent     404 404       404        404      404       404      404       404   404 404  404     404  404
officer@sibling    404 404       404        404      404       404      404       404   404 404  404     404  404
officer@past       404 404       404        404      404       404      404       404   404 404  404     404  404
head@unit          200 200       422        200      422       200      422       200   200 422  404     404  404
head@parent        200 403       403        403      403       403      403       200   403 403  403     403  403
head@sibling       404 404       404        404      404       404      404       404   404 404  404     404  404
head@past          404 404       404        404      404       404      404       404   404 404  404     404  404
supervisor@unit    200 403       403        403      403       403      403       200   403 403  403     403  403
supervisor@parent  200 403       403        403      403       403      403       200   403 403  403     403  403
supervisor@sibling 404 403       403        403      403       403      403       404   403 403  403     403  403
supervisor@past    404 403       403        403      403       403      403       404   403 403  403     403  403
inspector@unit     200 403       403        403      403       403      403       200   403 403  403     403  403
inspector@parent   200 403       403        403      403       403      403       200   403 403  403     403  403
inspector@sibling  404 403       403        403      403       403      403       404   403 403  403     403  403
inspector@past     404 403       403        403      403       403      403       404   403 403  403     403  403
"""
"""Doors of one reception day of the case's unit and of one visit booked there; the verb tried is the turning away.
`made` is the case made of a visit, never before it was heard. Registrars, administrators: 403; all others: `in`."""
SEES_SESSION = """
                   session act act! notice file conference conference!
clerk@unit         200     403 403  200    404  200        422
clerk@parent       404     404 404  404    404  404        404
clerk@sibling      404     404 404  404    404  404        404
clerk@past         404     404 404  404    404  404        404
officer@unit       200     200 422  200    404  200        422
colleague@unit     200     200 422  200    404  200        422
officer@parent     404     404 404  404    404  404        404
officer@sibling    404     404 404  404    404  404        404
officer@past       404     404 404  404    404  404        404
head@unit          200     200 422  200    404  200        422
head@parent        200     403 403  200    404  200        403
head@sibling       404     404 404  404    404  404        404
head@past          404     404 404  404    404  404        404
supervisor@unit    200     403 403  403    403  200        403
supervisor@parent  200     403 403  403    403  200        403
supervisor@sibling 404     404 404  404    404  404        404
supervisor@past    404     404 404  404    404  404        404
inspector@unit     200     403 403  200    404  200        403
inspector@parent   200     403 403  200    404  200        403
inspector@sibling  404     404 404  404    404  404        404
inspector@past     404     404 404  404    404  404        404
"""
"""Doors of an announced dialogue session of the case's unit, and of the voters' call there. The verb tried is the
change of its programme; no file lies there; a supervisor reads the page with the askers' names covered, and no paper
that carries them. Registrars and administrators: 403; everybody else: `in`."""

ACTS = """
               received assigned waiting reminded pending answered closed refused reopened
register       .        .        .       .        .       .        .      .       .
receive        ch       .        .       .        .       .        .      .       .
classify       ch       coh      .       .        .       .        .      .       coh
correct        ch       coh      .       .        .       .        .      .       coh
split          ch       coh      .       .        .       .        .      .       coh
forward        ch       coh      .       .        .       .        .      .       coh
mark_duplicate ch       coh      .       .        .       .        .      .       coh
refuse         ch       ch       .       .        .       .        .      .       ch
take           ox       .        .       .        .       .        .      .       .
assign         ch       ch       h       h        h       .        .      .       ch
ask            .        o        .       .        .       .        .      .       o
note           coxh     coxh     oxh     oxh      oxh     oxh      oxh    oxh     coxh
request_part   .        oh       oh      oh       .       .        .      .       oh
give_part      .        .        .       .        .       .        .      .       .
schedule       .        .        .       .        .       .        .      .       .
offer_times    .        .        .       .        .       .        .      .       .
publish_request .       .        .       .        .       .        .      .       .
hold_dialogue  .        .        .       .        .       .        .      .       .
withdraw_part  ch       coh      oh      oh       .       .        .      .       coh
withdraw       .        .        .       .        .       .        .      .       .
draft          .        o        o       o        .       .        .      .       o
propose        .        o        .       .        .       .        .      .       o
approve        .        .        .       .        h       .        .      .       .
send_back      .        .        .       .        h       .        .      .       .
send           .        .        .       .        .       .        .      .       .
publish        .        .        .       .        .       oh       oh     .       .
enforce        .        .        .       .        .       .        .      .       .
close          .        .        .       oh       .       oh       .      .       .
archive        .        .        .       .        .       .        oh     h       .
"""
"""What the officials of the case's unit may do, by where the case stands: c clerk, o officer who holds it, x colleague
who does not, h head. Nobody else may do anything, wherever they sit. The stages are told in stories.py; a clerk no
longer sees a case once work on it has gone beyond assigning."""

COMPLAINT_ACTS = """
               complaint registered handed accepted verifying suspended decided enforcing
register       ch        .          .      .        .         .         .       .
receive        ch        ch         .      .        .         .         .       .
classify       ch        ch         coh    coh      .         .         .       .
correct        ch        ch         coh    coh      .         .         .       .
split          ch        ch         coh    .        .         .         .       .
forward        ch        ch         coh    .        .         .         .       .
mark_duplicate ch        ch         coh    .        .         .         .       .
refuse         .         .          .      .        .         .         .       .
take           ox        ox         .      .        .         .         .       .
assign         ch        ch         ch     ch       h         h         .       .
ask            .         .          o      o        o         .         .       .
note           coxh      coxh       coxh   coxh     oxh       oxh       oxh     oxh
request_part   .         .          oh     oh       oh        .         .       .
give_part      .         .          .      .        .         .         .       .
schedule       .         .          .      .        .         .         .       .
offer_times    .         .          .      .        .         .         .       .
publish_request .        .          .      .        .         .         .       .
hold_dialogue  .         .          .      oh       oh        .         .       .
withdraw_part  ch        ch         coh    coh      oh        .         .       .
withdraw       ch        ch         coh    .        .         .         .       .
draft          .         .          .      .        .         .         .       .
propose        .         .          .      .        .         .         .       .
approve        .         .          .      .        .         .         .       .
send_back      .         .          .      .        .         .         .       .
send           .         .          .      .        .         .         oh      oh
publish        .         .          .      .        .         .         oh      oh
enforce        .         .          .      .        .         .         oh      .
close          .         .          .      .        .         .         oh      oh
archive        .         .          .      .        .         .         .       .
"""
"""The same for complaints, on their way through the law. What happens by a signed paper stands in PAPERS."""

DIALOGUE_ACTS = """
                asked held  offered unchosen scheduled met   proposed written filed insisted
register        .     .     .       .        .         .     .        .       .     .
receive         ch    .     .       .        .         .     .        .       .     .
classify        .     .     .       .        .         .     .        .       .     .
correct         ch    coh   .       .        .         .     .        .       .     coh
split           .     .     .       .        .         .     .        .       .     .
forward         ch    coh   .       .        .         .     .        .       .     coh
mark_duplicate  .     .     .       .        .         .     .        .       .     .
refuse          h     h     .       .        .         .     .        .       .     h
take            ox    .     .       .        .         .     .        .       .     .
assign          ch    ch    h       h        h         .     h        .       .     ch
ask             .     o     .       .        .         .     .        .       .     o
note            coxh  coxh  oxh     oxh      oxh       oxh   oxh      oxh     oxh   coxh
request_part    .     .     .       .        .         .     .        .       .     .
give_part       .     .     .       .        .         .     .        .       .     .
schedule        oxh   oxh   oxh     oxh      .         .     .        .       .     oxh
offer_times     oxh   oxh   .       .        .         .     .        .       .     oxh
publish_request oxh   oxh   oxh     oxh      oxh       .     oxh      .       .     oxh
hold_dialogue   .     .     .       .        .         .     .        .       .     .
withdraw_part   .     .     .       .        .         .     .        .       .     .
withdraw        .     .     .       .        .         .     .        .       .     .
draft           .     o     o       o        .         .     .        .       .     o
propose         .     o     .       .        .         .     .        .       .     .
approve         .     .     .       .        .         .     h        .       .     .
send_back       .     .     .       .        .         .     h        .       .     .
send            .     .     .       .        .         .     .        .       .     .
publish         .     .     .       .        .         oxh   .        oxh     oxh   .
enforce         .     .     .       .        .         .     .        .       .     .
close           .     .     .       oxh      .         oxh   .        oxh     .     .
archive         .     .     .       .        .         .     .        .       oxh   .
"""
"""The same for requests for a dialogue. What came of a meeting is written on its session's page: on the case officers
and heads are led there (409), whatever the stage."""

PAPERS = """
                complaint registered handed accepted verifying suspended decided enforcing
guide           ch        ch         coh    .        .         .         .       .
transfer_out    ch        ch         coh    .        .         .         .       .
return_petition ch        ch         coh    .        .         .         .       .
not_accept      .         ch         coh    .        .         .         .       .
accept          .         ch         coh    .        .         .         .       .
verify          .         .          .      coh      .         .         .       .
suspend         .         .          .      coh      oh        .         .       .
resume          .         .          .      .        .         oh        .       .
make_complex    .         .          .      coh      oh        .         .       .
terminate       .         .          .      coh      oh        oh        .       .
decide          .         .          .      coh      oh        .         .       .
issue           ch        ch         coh    coh      oh        oh        oh      oh
"""
"""Who of the complaint's unit may write the paper by which each verb happens; only the head (h) signs it, and with the
signature it is done. Nobody else writes or signs anything."""

RESIDENT_ACTS = """
               received assigned waiting reminded pending answered closed refused reopened
reply          yes      yes      yes     yes      yes     no       no     no      yes
withdraw       yes      yes      yes     yes      yes     no       no     no      yes
rate           no       no       no      no       no      yes      yes    no      no
reopen         no       no       no      no       no      yes      yes    no      no
choose_time    never    never    never   never    never   never    never  never   never
insist         never    never    never   never    never   never    never  never   never
"""
"""What the resident may do to the own case."""

RESIDENT_COMPLAINT_ACTS = """
               complaint registered handed accepted verifying suspended decided enforcing
reply          yes       yes        yes    yes      yes       yes       no      no
withdraw       yes       no         no     no       no        no        no      no
rate           no        no         no     no       no        no        yes     yes
reopen         never     never      never  never    never     never     never   never
choose_time    never     never      never  never    never     never     never   never
insist         never     never      never  never    never     never     never   never
"""
"""The same for complaints: a registered one is taken back on a signed paper (Law 02/2011/QH13 art. 10), and instead of
reopening there is the second complaint (art. 33)."""

RESIDENT_DIALOGUE_ACTS = """
                asked held  offered unchosen scheduled met   proposed written filed insisted
reply           yes   yes   yes     yes      yes       no    yes      no      no    yes
withdraw        yes   yes   yes     yes      yes       no    yes      no      no    yes
rate            no    no    no      no       no        yes   no       yes     yes   no
reopen          never never never   never    never     never never    never   never never
choose_time     no    no    yes     yes      no        no    no       no      no    no
insist          no    no    no      no       no        no    no       yes     yes   no
"""
"""The same for requests for a dialogue: a written answer is insisted against instead of reopened, once."""

CLERK_SEES = ("received", "assigned", "reopened", "complaint", "registered", "handed", "accepted",
              "asked", "held", "insisted")  # fmt: skip
"""Stages at which the unit's clerk sees the case."""

# figures: receptions, dialogues and promises
SEES_HEARD = """
                    reports.being_heard  reports.being_heard_rows  reports.being_heard_csv  reports.being_heard_xlsx
head@unit           200                  200                       200                      200
head@parent         200                  200                       200                      200
head@sibling        404                  404                       404                      404
head@past           404                  404                       404                      404
supervisor@unit     200                  200                       200                      200
supervisor@parent   200                  200                       200                      200
supervisor@sibling  404                  404                       404                      404
supervisor@past     404                  404                       404                      404
inspector@unit      200                  200                       200                      200
inspector@parent    200                  200                       200                      200
inspector@sibling   404                  404                       404                      404
inspector@past      404                  404                       404                      404
"""
"""Reception, dialogues and promises of the case's unit: the same people as its other figures."""

# figures: the official forms
SEES_FORMS = """
                    reports.official_forms  reports.official_form  reports.official_form_xlsx
head@unit           200                     200                    200
head@parent         200                     200                    200
head@sibling        404                     404                    404
head@past           404                     404                    404
supervisor@unit     200                     200                    200
supervisor@parent   200                     200                    200
supervisor@sibling  404                     404                    404
supervisor@past     404                     404                    404
inspector@unit      200                     200                    200
inspector@parent    200                     200                    200
inspector@sibling   404                     404                    404
inspector@past      404                     404                    404
"""
TAKES_FORMS = """
                    reports.official_form_pdf  reports.official_cases  reports.report_letter
head@unit           200                        200                     200
head@parent         200                        200                     200
head@sibling        404                        404                     404
head@past           404                        404                     404
supervisor@unit     200                        200                     200
supervisor@parent   200                        200                     200
supervisor@sibling  404                        404                     404
supervisor@past     404                        404                     404
inspector@unit      200                        200                     200
inspector@parent    200                        200                     200
inspector@sibling   404                        404                     404
inspector@past      404                        404                     404
"""
"""The official forms of the case's unit and its periodic report: the same people as its other figures."""
TYPES_FIGURES = """
                    figures  figures!
head@unit           200      303
head@parent         403      403
head@sibling        404      404
head@past           404      404
supervisor@unit     403      403
supervisor@parent   403      403
supervisor@sibling  404      404
supervisor@past     404      404
inspector@unit      403      403
inspector@parent    403      403
inspector@sibling   404      404
inspector@past      404      404
"""
"""Where the unit's head types what the system keeps nothing of: of the form of petitions the head alone."""
