"""Dialogue requests, citizen reception, sessions, commitments, and voices counted once.

Revision: 0005; after: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


DUTIES = {"province": ["provincial_chairman"], "department": ["agency_head"],
          "commune": ["commune_chairman", "commune_peoples_committee"],
          "ward": ["commune_chairman", "commune_peoples_committee"]}  # fmt: skip


def upgrade() -> None:
    op.add_column("level", sa.Column("duties", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("attachment", sa.Column("subject", sa.String(length=40), nullable=False, server_default=""))
    op.create_index("ix_attachment_subject", "attachment", ["subject"])
    op.create_table('voice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['entered_by_id'], ['official.id'], name=op.f('fk_voice_entered_by_id_official')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_voice')),
    sa.UniqueConstraint('subject', 'person', name=op.f('uq_voice_subject_person'))
    )
    op.create_index('ix_voice_subject', 'voice', ['subject'], unique=False)
    op.create_table('house_document',
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=32), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('signed_by_id', sa.Integer(), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('in_name_of_id', sa.Integer(), nullable=True),
    sa.Column('storage_key', sa.String(length=80), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['in_name_of_id'], ['official.id'], name=op.f('fk_house_document_in_name_of_id_official')),
    sa.ForeignKeyConstraint(['signed_by_id'], ['official.id'], name=op.f('fk_house_document_signed_by_id_official')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_house_document_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_house_document')),
    sa.UniqueConstraint('public_id', name=op.f('uq_house_document_public_id')),
    sa.UniqueConstraint('unit_id', 'year', 'number', name=op.f('uq_house_document_unit_id_year_number'))
    )
    op.create_index('ix_house_document_subject', 'house_document', ['subject'], unique=False)
    op.create_table('reception_pattern',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(length=120), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('starts', sa.Time(), nullable=False),
    sa.Column('ends', sa.Time(), nullable=False),
    sa.Column('slot_minutes', sa.Integer(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('mode', sa.String(length=12), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('link', sa.String(length=300), nullable=False),
    sa.Column('host_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('made_until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['host_id'], ['official.id'], name=op.f('fk_reception_pattern_host_id_official')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_reception_pattern_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reception_pattern'))
    )
    op.create_index(op.f('ix_reception_pattern_unit_id'), 'reception_pattern', ['unit_id'], unique=False)
    op.create_table('warned_of',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('stage', sa.String(length=40), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('step', sa.String(length=8), nullable=False),
    sa.Column('official_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['official_id'], ['official.id'], name=op.f('fk_warned_of_official_id_official')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_warned_of_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_warned_of')),
    sa.UniqueConstraint('subject', 'stage', 'due_on', 'step', 'official_id', name=op.f('uq_warned_of_subject_stage_due_on_step_official_id'))
    )
    op.create_table('reception_day',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('pattern_id', sa.Integer(), nullable=True),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('starts', sa.Time(), nullable=False),
    sa.Column('ends', sa.Time(), nullable=False),
    sa.Column('slot_minutes', sa.Integer(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('mode', sa.String(length=12), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('link', sa.String(length=300), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('host_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('moved_to_id', sa.Integer(), nullable=True),
    sa.Column('received_by_id', sa.Integer(), nullable=True),
    sa.Column('held_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['host_id'], ['official.id'], name=op.f('fk_reception_day_host_id_official')),
    sa.ForeignKeyConstraint(['moved_to_id'], ['reception_day.id'], name=op.f('fk_reception_day_moved_to_id_reception_day')),
    sa.ForeignKeyConstraint(['pattern_id'], ['reception_pattern.id'], name=op.f('fk_reception_day_pattern_id_reception_pattern')),
    sa.ForeignKeyConstraint(['received_by_id'], ['official.id'], name=op.f('fk_reception_day_received_by_id_official')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_reception_day_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reception_day'))
    )
    op.create_index('ix_reception_day_on', 'reception_day', ['on', 'state'], unique=False)
    op.create_index('ix_reception_day_unit', 'reception_day', ['unit_id', 'on'], unique=False)
    op.create_table('booking',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=24), nullable=False),
    sa.Column('day_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('slot', sa.Time(), nullable=True),
    sa.Column('seat', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('channel', sa.String(length=16), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('is_sealed', sa.Boolean(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('identity_number', sa.String(length=40), nullable=False),
    sa.Column('phone', sa.String(length=32), nullable=False),
    sa.Column('email', sa.String(length=200), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=True),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('representatives', sa.JSON(), nullable=False),
    sa.Column('mode', sa.String(length=12), nullable=False),
    sa.Column('interpreter', sa.String(length=12), nullable=False),
    sa.Column('wheelchair', sa.Boolean(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('booked_by_id', sa.Integer(), nullable=True),
    sa.Column('booked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('checked_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ground', sa.String(length=24), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('petition_kind', sa.String(length=16), nullable=False),
    sa.Column('settled_by', sa.String(length=200), nullable=False),
    sa.Column('direction', sa.String(length=16), nullable=False),
    sa.Column('follow_up', sa.Text(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('notify_due_on', sa.Date(), nullable=True),
    sa.Column('notified_on', sa.Date(), nullable=True),
    sa.Column('entered_number', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['booked_by_id'], ['official.id'], name=op.f('fk_booking_booked_by_id_official')),
    sa.ForeignKeyConstraint(['case_id'], ['petition_case.id'], name=op.f('fk_booking_case_id_petition_case')),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_booking_category_id_category')),
    sa.ForeignKeyConstraint(['day_id'], ['reception_day.id'], name=op.f('fk_booking_day_id_reception_day')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_booking_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booking')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_booking_code_hash')),
    sa.UniqueConstraint('day_id', 'slot', 'seat', name=op.f('uq_booking_day_id_slot_seat')),
    sa.UniqueConstraint('reference', name=op.f('uq_booking_reference')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_booking_token_hash'))
    )
    op.create_index(op.f('ix_booking_case_id'), 'booking', ['case_id'], unique=False)
    op.create_index('ix_booking_day', 'booking', ['day_id', 'state'], unique=False)
    op.create_index('ix_booking_unit', 'booking', ['unit_id', 'state'], unique=False)
    op.create_table('dialogue_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=24), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('agenda', sa.Text(), nullable=False),
    sa.Column('area', sa.String(length=200), nullable=False),
    sa.Column('on_request', sa.Boolean(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('starts', sa.Time(), nullable=False),
    sa.Column('ends', sa.Time(), nullable=False),
    sa.Column('mode', sa.String(length=12), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('link', sa.String(length=300), nullable=False),
    sa.Column('chair', sa.String(length=200), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('planned_by_id', sa.Integer(), nullable=True),
    sa.Column('planned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('announce_due_on', sa.Date(), nullable=True),
    sa.Column('announce_derivation', sa.JSON(), nullable=True),
    sa.Column('announced_on', sa.Date(), nullable=True),
    sa.Column('announced_by', sa.JSON(), nullable=False),
    sa.Column('called_off_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('held_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('presided_by', sa.String(length=200), nullable=False),
    sa.Column('attended', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Text(), nullable=False),
    sa.Column('conclusion', sa.Text(), nullable=False),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('public_text', sa.Text(), nullable=False),
    sa.Column('publish_due_on', sa.Date(), nullable=True),
    sa.Column('publish_derivation', sa.JSON(), nullable=True),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('published_by', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['approved_by_id'], ['official.id'], name=op.f('fk_dialogue_session_approved_by_id_official')),
    sa.ForeignKeyConstraint(['case_id'], ['petition_case.id'], name=op.f('fk_dialogue_session_case_id_petition_case')),
    sa.ForeignKeyConstraint(['document_id'], ['house_document.id'], name=op.f('fk_dialogue_session_document_id_house_document')),
    sa.ForeignKeyConstraint(['planned_by_id'], ['official.id'], name=op.f('fk_dialogue_session_planned_by_id_official')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_dialogue_session_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dialogue_session')),
    sa.UniqueConstraint('number', name=op.f('uq_dialogue_session_number'))
    )
    op.create_index(op.f('ix_dialogue_session_case_id'), 'dialogue_session', ['case_id'], unique=False)
    op.create_index('ix_dialogue_session_on', 'dialogue_session', ['on'], unique=False)
    op.create_index('ix_dialogue_session_unit', 'dialogue_session', ['unit_id', 'on'], unique=False)
    op.create_table('attendee',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('invited_on', sa.Date(), nullable=True),
    sa.Column('came', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['petition_case.id'], name=op.f('fk_attendee_case_id_petition_case')),
    sa.ForeignKeyConstraint(['session_id'], ['dialogue_session.id'], name=op.f('fk_attendee_session_id_dialogue_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendee'))
    )
    op.create_index('ix_attendee_session', 'attendee', ['session_id'], unique=False)
    op.create_table('booking_link',
    sa.Column('key_hash', sa.String(length=64), nullable=False),
    sa.Column('booking_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_booking_link_booking_id_booking')),
    sa.PrimaryKeyConstraint('key_hash', name=op.f('pk_booking_link'))
    )
    op.create_index(op.f('ix_booking_link_booking_id'), 'booking_link', ['booking_id'], unique=False)
    op.create_table('commitment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=24), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('verifier_id', sa.Integer(), nullable=False),
    sa.Column('responsible_id', sa.Integer(), nullable=True),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('booking_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('evidence_wanted', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('reported_on', sa.Date(), nullable=True),
    sa.Column('reported_by_id', sa.Integer(), nullable=True),
    sa.Column('finding', sa.Text(), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('found_by_id', sa.Integer(), nullable=True),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_commitment_booking_id_booking')),
    sa.ForeignKeyConstraint(['case_id'], ['petition_case.id'], name=op.f('fk_commitment_case_id_petition_case')),
    sa.ForeignKeyConstraint(['found_by_id'], ['official.id'], name=op.f('fk_commitment_found_by_id_official')),
    sa.ForeignKeyConstraint(['made_by_id'], ['official.id'], name=op.f('fk_commitment_made_by_id_official')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['commitment.id'], name=op.f('fk_commitment_replaced_by_id_commitment')),
    sa.ForeignKeyConstraint(['reported_by_id'], ['official.id'], name=op.f('fk_commitment_reported_by_id_official')),
    sa.ForeignKeyConstraint(['responsible_id'], ['official.id'], name=op.f('fk_commitment_responsible_id_official')),
    sa.ForeignKeyConstraint(['session_id'], ['dialogue_session.id'], name=op.f('fk_commitment_session_id_dialogue_session')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_commitment_unit_id_unit')),
    sa.ForeignKeyConstraint(['verifier_id'], ['unit.id'], name=op.f('fk_commitment_verifier_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment')),
    sa.UniqueConstraint('number', name=op.f('uq_commitment_number'))
    )
    op.create_index('ix_commitment_booking', 'commitment', ['booking_id'], unique=False)
    op.create_index('ix_commitment_case', 'commitment', ['case_id'], unique=False)
    op.create_index('ix_commitment_session', 'commitment', ['session_id'], unique=False)
    op.create_index('ix_commitment_unit', 'commitment', ['unit_id', 'state', 'due_on'], unique=False)
    op.create_index('ix_commitment_verifier', 'commitment', ['verifier_id', 'state'], unique=False)
    op.create_table('conference_call',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('voters', sa.Integer(), nullable=False),
    sa.Column('needed', sa.Integer(), nullable=False),
    sa.Column('counted', sa.Integer(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('reached_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['session_id'], ['dialogue_session.id'], name=op.f('fk_conference_call_session_id_dialogue_session')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_conference_call_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_call'))
    )
    op.create_index('ix_conference_call_unit', 'conference_call', ['unit_id', 'opened_on'], unique=False)
    op.create_table('dialogue_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('asked_before', sa.Boolean(), nullable=False),
    sa.Column('channel', sa.String(length=16), nullable=False),
    sa.Column('asker', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('public_text', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by', sa.String(length=200), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['petition_case.id'], name=op.f('fk_dialogue_question_case_id_petition_case')),
    sa.ForeignKeyConstraint(['session_id'], ['dialogue_session.id'], name=op.f('fk_dialogue_question_session_id_dialogue_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dialogue_question'))
    )
    op.create_index('ix_dialogue_question_session', 'dialogue_question', ['session_id'], unique=False)
    op.create_table('dialogue_request',
    sa.Column('case_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('with_level', sa.String(length=16), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('representatives', sa.JSON(), nullable=False),
    sa.Column('wanted_times', sa.Text(), nullable=False),
    sa.Column('mode', sa.String(length=12), nullable=False),
    sa.Column('interpreter', sa.String(length=12), nullable=False),
    sa.Column('wheelchair', sa.Boolean(), nullable=False),
    sa.Column('offered_times', sa.JSON(), nullable=False),
    sa.Column('insisted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('shared_on', sa.Date(), nullable=True),
    sa.Column('shared_title', sa.String(length=200), nullable=False),
    sa.Column('shared_text', sa.Text(), nullable=False),
    sa.Column('joined', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['petition_case.id'], name=op.f('fk_dialogue_request_case_id_petition_case')),
    sa.ForeignKeyConstraint(['session_id'], ['dialogue_session.id'], name=op.f('fk_dialogue_request_session_id_dialogue_session')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_dialogue_request'))
    )
    op.create_index('ix_dialogue_request_session', 'dialogue_request', ['session_id'], unique=False)
    op.create_table('objection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('commitment_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('booking_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_objection_booking_id_booking')),
    sa.ForeignKeyConstraint(['case_id'], ['petition_case.id'], name=op.f('fk_objection_case_id_petition_case')),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitment.id'], name=op.f('fk_objection_commitment_id_commitment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection'))
    )
    op.create_index('ix_objection_commitment', 'objection', ['commitment_id'], unique=False)

    take_up_dialogues()


def take_up_dialogues() -> None:
    """What takes feedback takes requests for a dialogue too; levels learn what their units owe."""
    connection = op.get_bind()
    category = sa.table("category", sa.column("id", sa.Integer), sa.column("kinds", sa.JSON))
    for row_id, kinds in connection.execute(sa.select(category.c.id, category.c.kinds)).all():
        if "feedback" in kinds and "dialogue" not in kinds:
            connection.execute(
                category.update().where(category.c.id == row_id).values(kinds=[*kinds, "dialogue"])
            )
    level = sa.table("level", sa.column("code", sa.String), sa.column("duties", sa.JSON))
    for code, duties in DUTIES.items():
        connection.execute(level.update().where(level.c.code == code).values(duties=duties))


def downgrade() -> None:
    for table in (
        "objection",
        "dialogue_request",
        "dialogue_question",
        "conference_call",
        "commitment",
        "booking_link",
        "attendee",
        "dialogue_session",
        "booking",
        "reception_day",
        "warned_of",
        "reception_pattern",
        "house_document",
        "voice",
    ):
        op.drop_table(table)
    op.drop_index("ix_attachment_subject", "attachment")
    op.drop_column("attachment", "subject")
    op.drop_column("level", "duties")
